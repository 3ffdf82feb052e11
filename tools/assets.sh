#!/bin/sh
# Usage: assets.sh FILE... >assets.S
# Puts files into the program, read-only: asset_<name> to asset_<name>_end, non-letters of the name as "_".
# The checksum makes the output change with the file, so that the build assembles it again.
for file; do
    name=asset_$(basename "$file" | tr -c 'A-Za-z0-9\n' '_')
    printf '/* %s */\n' "$(cksum <"$file")"
    printf '.section .rodata\n.global %s, %s_end\n.balign 16\n%s: .incbin "%s"\n%s_end: .byte 0\n' \
        "$name" "$name" "$name" "$(realpath "$file")" "$name"
done
echo '.section .note.GNU-stack,"",@progbits'
