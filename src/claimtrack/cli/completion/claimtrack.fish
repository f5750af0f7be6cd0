
# Whether the words before the cursor lead to this command, and, if a number is given, on to its so
# manieth argument.
function __claimtrack_at
    set -l path ''
    set -l at 1
    set -l taking ''
    set -l ended ''
    set -l words (commandline -opc)
    set -e words[1]
    for each in $words
        if test -n "$taking"
            set taking ''
        else if test -z "$ended"; and string match -qr -- '^-.' $each
            if test "$each" = --
                set ended yes
            else if contains -- $each (__claimtrack_valued $path)
                set taking yes
            end
        else if contains -- $each (__claimtrack_commands $path)
            set path (string trim "$path $each")
        else
            set at (math $at + 1)
        end
    end
    test "$path" = "$argv[1]"; or return 1
    set -q argv[2]; or return 0
    test $at -eq $argv[2]; or begin
        set -q argv[3]; and test $at -gt $argv[2]
    end
end

# Prints what --register names on the line, each sign that means something escaped.
function __claimtrack_register
    set -l named
    set -l taking ''
    for each in (commandline -opc)
        if test "$taking" = --register
            set named $each
            set taking ''
        else
            set taking $each
            string match -q -- '--register=*' $each
            and set named (string replace -- --register= '' $each)
        end
    end
    set -q named[1]; and string escape --no-quoted -- (string replace -r '^~(?=/|$)' $HOME $named)
end

# Prints ids of these kinds that fit what was typed.
function __claimtrack_ids
    set -l program (commandline -opc)[1]
    type -q -- $program; or set program claimtrack
    set -l word (string replace -r '^--[^=]*=' '' -- (commandline -ct))
    $program --complete $argv[1] "$word" (__claimtrack_register) 2>/dev/null
end
