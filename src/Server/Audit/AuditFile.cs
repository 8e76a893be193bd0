using System.Globalization;
using TopicGrpc.Engine.Storage;
using TopicGrpc.Server.Storage;

namespace TopicGrpc.Server.Audit;

/// <summary>
/// The files of the audit log, numbered from 1. Lines are appended to the newest; at its size limit a new file is started and the oldest is
/// deleted. Only the thread of the log calls the methods.
/// </summary>
internal sealed class AuditFile(DataFolder data, long maxBytes, int maxFiles) : IDisposable
{
    private const string Prefix = "audit-";
    private const string Suffix = ".jsonl";

    private IStoredFile? _file;
    private long _number;
    private long _length;

    /// <summary>Appends lines; they are durable when the method returns.</summary>
    public void Append(ReadOnlySpan<byte> lines)
    {
        if (_file is null || (_length > 0 && _length + lines.Length > maxBytes))
        {
            Open(isNew: _file is not null);
        }

        _file!.Write(lines, _length);
        _file.Flush();
        _length += lines.Length;
    }

    /// <summary>Closes the file after a failed write. The next write opens it again and continues after the last complete line.</summary>
    public void Close()
    {
        _file?.Dispose();
        _file = null;
    }

    /// <inheritdoc/>
    public void Dispose() => Close();

    private void Open(bool isNew)
    {
        data.Files.CreateFolder(data.Audit);
        long[] numbers = [.. data.Files.ListFiles(data.Audit).Select(NumberOf).Where(static number => number > 0).Order()];
        _number = numbers.Length == 0 ? 1 : numbers[^1] + (isNew ? 1 : 0);
        Close();
        _file = data.Files.Open(PathOf(_number), FileMode.OpenOrCreate, FileAccess.ReadWrite);
        data.Files.FlushFolder(data.Audit);
        _length = EndOfLastLine(_file);
        _file.SetLength(_length);
        foreach (long old in numbers.Where(number => number <= _number - maxFiles))
        {
            data.Files.DeleteFile(PathOf(old));
        }
    }

    /// <summary>Returns the length without a line that a crash left incomplete.</summary>
    private static long EndOfLastLine(IStoredFile file)
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

    private string PathOf(long number) => Path.Combine(data.Audit, FormattableString.Invariant($"{Prefix}{number:D8}{Suffix}"));
}
