using System.Globalization;
using TopicGrpc.Engine.Storage;

namespace TopicGrpc.Server.Audit;

/// <summary>The files of the audit log in their folder, numbered from 1. Each has complete lines, except after a crash.</summary>
/// <param name="Files">Calls to the file system.</param>
/// <param name="Root">Full path of the folder; it may not exist.</param>
internal sealed record AuditFolder(IFileStorage Files, string Root)
{
    private const string Prefix = "audit-";
    private const string Suffix = ".jsonl";

    /// <summary>Returns the numbers of the files, ascending.</summary>
    public long[] Numbers() => Files.FolderExists(Root)
        ? [.. Files.ListFiles(Root).Select(NumberOf).Where(static number => number > 0).Order()]
        : [];

    /// <summary>Returns the path of a file.</summary>
    public string PathOf(long number) => Path.Combine(Root, FormattableString.Invariant($"{Prefix}{number:D8}{Suffix}"));

    /// <summary>Returns the length of the complete lines: without one that is being written, or that a crash left incomplete.</summary>
    public static long CompleteLength(IStoredFile file)
    {
        Span<byte> buffer = stackalloc byte[512];
        for (long end = file.Length; end > 0;)
        {
            long start = Math.Max(0, end - buffer.Length);
            int read = file.Read(buffer[..(int)(end - start)], start);
            int newline = buffer[..read].LastIndexOf((byte)'\n');
            if (newline >= 0)
            {
                return start + newline + 1;
            }

            end = start;
        }

        return 0;
    }

    private static long NumberOf(string path)
    {
        string name = Path.GetFileName(path);
        return name.StartsWith(Prefix, StringComparison.Ordinal) && name.EndsWith(Suffix, StringComparison.Ordinal)
            && long.TryParse(name[Prefix.Length..^Suffix.Length], NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            ? number
            : 0;
    }
}
