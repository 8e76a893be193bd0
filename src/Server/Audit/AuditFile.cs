using TopicGrpc.Engine.Storage;
using TopicGrpc.Server.Storage;

namespace TopicGrpc.Server.Audit;

/// <summary>
/// Writes the files of the audit log. Lines are appended to the newest; at its size limit a new file is started and the oldest is deleted.
/// Only the thread of the log calls the methods.
/// </summary>
internal sealed class AuditFile(DataFolder data, long maxBytes, int maxFiles) : IDisposable
{
    private readonly AuditFolder _folder = new(data.Files, data.Audit);
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
        long[] numbers = _folder.Numbers();
        _number = numbers.Length == 0 ? 1 : numbers[^1] + (isNew ? 1 : 0);
        Close();
        _file = data.Files.Open(_folder.PathOf(_number), FileMode.OpenOrCreate, FileAccess.ReadWrite);
        data.Files.FlushFolder(data.Audit);
        _length = AuditFolder.CompleteLength(_file);
        _file.SetLength(_length);
        foreach (long old in numbers.Where(number => number <= _number - maxFiles))
        {
            data.Files.DeleteFile(_folder.PathOf(old));
        }
    }
}
