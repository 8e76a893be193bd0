using System.Collections.Concurrent;
using TopicGrpc.Engine.Storage;

namespace TopicGrpc.Server.Fitting;

/// <summary>
/// The file <c>RUNNING</c>: the documents whose texts a fit has passed to the encoder. Native code can end the process, so a document is
/// written before its text runs. The file is never flushed: the page cache outlives the process, and after a power failure no text is
/// suspected. Thread-safe.
/// </summary>
internal sealed class RunningTexts : IDisposable
{
    private readonly IFileStorage _files;
    private readonly string _path;
    private readonly Func<bool> _mustKeep;
    private readonly IStoredFile _file;
    private readonly ConcurrentBag<int> _free;

    /// <summary>Starts the record of a run.</summary>
    /// <param name="files">Storage of the file.</param>
    /// <param name="path">Path of the file.</param>
    /// <param name="run">What runs.</param>
    /// <param name="window">Most texts at the same time.</param>
    /// <param name="mustKeep">
    /// Called at the end of the run: whether the file stays, because a text hangs and the process will be ended.
    /// </param>
    public RunningTexts(IFileStorage files, string path, RunningRun run, int window, Func<bool> mustKeep)
    {
        _files = files;
        _path = path;
        _mustKeep = mustKeep;
        _file = files.Open(path, FileMode.Create, FileAccess.Write);
        _free = [.. Enumerable.Range(1, window)];

        // All records at once: later writes need no space on the disk.
        byte[] content = new byte[RunningRecord.Bytes * (window + 1)];
        run.ToRecord().Write(content.AsSpan(0, RunningRecord.Bytes));
        _file.Write(content, 0);
    }

    /// <summary>Reads the run that the last process left.</summary>
    /// <returns>The run and its documents; null if the file is incomplete.</returns>
    /// <exception cref="IOException">The disk fails.</exception>
    public static (RunningRun Run, IReadOnlyList<RunningRecord> Texts)? Read(IFileStorage files, string path)
    {
        using IStoredFile file = files.Open(path, FileMode.Open, FileAccess.Read);
        byte[] content = new byte[RunningRecord.Bytes];
        List<RunningRecord> records = [];
        for (long offset = 0; offset < file.Length; offset += content.Length)
        {
            int length = file.Read(content, offset);
            if (RunningRecord.Read(content.AsSpan(0, length)) is { } record)
            {
                records.Add(record);
            }
            else if (offset == 0)
            {
                return null;
            }
        }

        return records is [{ } first, .. { } texts] && RunningRun.Parse(first) is { } run ? (run, texts) : null;
    }

    /// <summary>Records that a text is passed to the encoder.</summary>
    /// <returns>The place, for <see cref="Leave"/>.</returns>
    public int Enter(UInt128 key, string documentId)
    {
        byte[] bytes = new byte[RunningRecord.Bytes];
        new RunningRecord(key, documentId).Write(bytes);
        if (!_free.TryTake(out int place))
        {
            throw new InvalidOperationException("More texts run at the same time than the run announced.");
        }

        _file.Write(bytes, (long)place * RunningRecord.Bytes);
        return place;
    }

    /// <summary>Records that the encoder has returned.</summary>
    public void Leave(int place)
    {
        _file.Write(stackalloc byte[sizeof(uint)], (long)place * RunningRecord.Bytes);
        _free.Add(place);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _file.Dispose();
        if (!_mustKeep())
        {
            _files.DeleteFile(_path);
        }
    }
}
