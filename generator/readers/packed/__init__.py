"""What all containers of files share: names, limits, and which of the files inside are pages. Knows no container's own form."""
