# keeper DIRECTORY COMMAND...: starts the command at each line "start" from standard input. When standard input ends,
# because its owner closed it or died, it stops the command and deletes the directory.
directory=$1
shift
# A Ctrl-C in the owner's terminal is the owner's business.
trap '' HUP INT QUIT TERM

start() {
    # Exists for as long as the command may run; empty until its process id is known.
    : >"$directory/pid"
    (
        exec </dev/null 2>>"$directory/log"
        "$@" >&2 &
        echo $! >"$directory/pid"
        echo "started $!"
        wait $!
        status=$?
        rm -f "$directory/pid"
        echo "stopped $status"
    ) &
}

children() {
    cat "/proc/$1/task/$1/children" 2>/dev/null ||
        ps -A -o pid= -o ppid= | while read -r child parent; do [ "$parent" = "$1" ] && echo "$child"; done
}

finish() {
    round=0
    while [ -e "$directory/pid" ]; do
        pid=
        read -r pid <"$directory/pid"
        if [ -n "$pid" ]; then
            # Every child is a session of its own, and may be frozen: a signal to the group would not reach it.
            family="$pid $(children "$pid")"
            if [ $round -lt 50 ]; then kill -s QUIT "$pid"; else kill -s KILL $family; fi
            kill -s CONT $family
        fi 2>/dev/null
        round=$((round + 1))
        sleep 0.1
    done
}

while read -r order; do
    [ "$order" = start ] && start "$@"
done
finish
cd / && rm -rf "$directory"
rmdir "$(dirname "$directory")" 2>/dev/null
