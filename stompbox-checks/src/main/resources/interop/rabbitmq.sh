# Starts a RabbitMQ node at each line of standard input, again after somebody has killed it, and ends
# it with its epmd when standard input ends, which it does in whatever way the JVM that holds the
# other end dies. Then nothing is left of them: no process and no folder.
# Arguments: the package's server script, the folder, and "epmd" unless there is one that other nodes
# use. All else comes in the environment.
trap : HUP INT TERM
epmd=
if [ -n "$3" ]; then
  epmd -port "$ERL_EPMD_PORT" -address "$ERL_EPMD_ADDRESS" >/dev/null 2>&1 &
  epmd=$!
fi
server=
while read -r _; do
  [ -z "$server" ] || wait "$server"
  # One process group for the server, the Erlang VM and all that these start.
  setsid "$1" >"$2/output" 2>&1 &
  server=$!
done
kill -9 "-$server" $epmd
wait
rm -rf "$2"
