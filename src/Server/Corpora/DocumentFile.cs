using System.Security.Cryptography;
using TopicGrpc.Engine.Storage;

namespace TopicGrpc.Server.Corpora;

/// <summary>
/// Append-only file of records (<see cref="RecordChain"/>) behind a header with a high-water mark (<see cref="DocumentHeader"/>). The
/// file is open only during a call. Not thread-safe, except for <see cref="Read"/>.
/// <para>
/// The file of a replica has one mark for each entry of its log, and is not flushed: after a power failure it may be damaged, and is built
/// again from the log.
/// </para>
/// </summary>
internal sealed class DocumentFile
{
    private const int BlockLength = 1 << 20;

    private readonly IFileStorage _files;
    private readonly string _path;
    private readonly byte[] _id;
    private readonly bool _isReplica;
    private DocumentMark _mark;

    private DocumentFile(IFileStorage files, string path, byte[] id, in DocumentMark mark, bool isReplica = false)
    {
        _isReplica = isReplica;
        _files = files;
        _path = path;
        _id = id;
        _mark = mark;
        Length = mark.Length;
        Check = mark.Check;
    }

    /// <summary>End of the last complete record, in bytes.</summary>
    public long Length { get; private set; }

    /// <summary>Bytes behind the last complete record: an interrupted write, until <see cref="Repair"/> removes it.</summary>
    public long TornBytes { get; private set; }

    /// <summary>Id of the file, 32 hexadecimal digits.</summary>
    public string Id => Convert.ToHexStringLower(_id);

    /// <summary>Number of appends; of a replica, the number of the last entry of the log that it has.</summary>
    public long Appends => _mark.Sequence - 1;

    private uint Check { get; set; }

    /// <summary>Creates a file without records and flushes it; the caller flushes the folder.</summary>
    public static DocumentFile Create(IFileStorage files, string path)
    {
        byte[] id = RandomNumberGenerator.GetBytes(DocumentHeader.IdLength);
        return Create(files, path, id, isReplica: false);
    }

    /// <summary>Creates the file of a replica of an empty log.</summary>
    /// <param name="files">The storage.</param>
    /// <param name="path">Path of the file.</param>
    /// <param name="id">Id of the log, 32 hexadecimal digits.</param>
    public static DocumentFile CreateReplica(IFileStorage files, string path, string id) =>
        Create(files, path, Convert.FromHexString(id), isReplica: true);

    /// <summary>Opens the file of a replica and reads its records in order. Removes an interrupted append.</summary>
    /// <param name="files">The storage.</param>
    /// <param name="path">Path of the file.</param>
    /// <param name="id">Id of the log.</param>
    /// <param name="record">Receives the payloads.</param>
    /// <exception cref="InvalidDataException">The file is damaged, or the file of another log.</exception>
    public static DocumentFile OpenReplica(IFileStorage files, string path, string id, Action<byte[]> record)
    {
        using IStoredFile file = files.Open(path, FileMode.Open, FileAccess.ReadWrite);
        byte[] bytes = RequireId(file, id);
        DocumentMark mark = DocumentHeader.Read(file).Mark;
        Scan(file, bytes, mark, mark.Length, record);
        if (file.Length > mark.Length)
        {
            file.SetLength(mark.Length);
        }

        return new DocumentFile(files, path, bytes, mark, isReplica: true);
    }

    /// <summary>
    /// Copies the file of a replica to that of the same log with another id. The copy has the marks of the same entries, so it is what a
    /// replica is that is built from the entries.
    /// </summary>
    /// <param name="path">Path of the copy.</param>
    /// <param name="id">Id of the log.</param>
    /// <param name="rewrite">Returns the payload of the copy for that of each record.</param>
    /// <returns>False if a mark is damaged; the copy is not complete.</returns>
    /// <exception cref="InvalidDataException">A record is damaged.</exception>
    public bool TryCopyReplica(string path, string id, Func<byte[], byte[]> rewrite)
    {
        using IStoredFile source = _files.Open(_path, FileMode.Open, FileAccess.Read);
        if (Appends == 0 || DocumentHeader.ReadMarks(source) is not var (former, newest))
        {
            return false;
        }

        DocumentFile copy = CreateReplica(_files, path, id);
        using IStoredFile target = _files.Open(path, FileMode.Open, FileAccess.ReadWrite);
        var read = RecordChain.Start(_id);
        var written = RecordChain.Start(copy._id);
        DocumentMark? rewritten = null;
        while (true)
        {
            if (IsAt(former, read))
            {
                rewritten = former with { Length = written.Position, Check = written.Check };
            }

            if (read.TryRead(source, newest.Length) is not { } payload)
            {
                break;
            }

            written.Write(target, rewrite(payload));
        }

        if (!IsAt(newest, read) || rewritten is not { } mark)
        {
            throw Damage(read.Position, newest.Length);
        }

        DocumentHeader.Write(target, mark, copy._id);
        DocumentHeader.Write(target, newest with { Length = written.Position, Check = written.Check }, copy._id);
        return true;
    }

    /// <summary>Reads the mark without reading a record.</summary>
    /// <exception cref="InvalidDataException">The header is damaged, or the file is shorter than the mark.</exception>
    public static DocumentMark ReadMark(IFileStorage files, string path)
    {
        using IStoredFile file = files.Open(path, FileMode.Open, FileAccess.Read);
        (byte[] _, DocumentMark mark) = DocumentHeader.Read(file);
        return file.Length >= mark.Length ? mark : throw Damage(file.Length, mark.Length);
    }

    /// <summary>
    /// Opens a file and reads every complete record in order. Writes nothing: <see cref="Repair"/> must precede an append.
    /// </summary>
    /// <param name="files">The storage.</param>
    /// <param name="path">Path of the file.</param>
    /// <param name="durable">A length known to be durable; 0 for none.</param>
    /// <param name="record">Receives the payloads.</param>
    /// <exception cref="InvalidDataException">A durable record is damaged or missing.</exception>
    public static DocumentFile Open(IFileStorage files, string path, long durable, Action<byte[]> record)
    {
        using IStoredFile file = files.Open(path, FileMode.Open, FileAccess.Read);
        (byte[] id, DocumentMark mark) = DocumentHeader.Read(file);
        RecordChain chain = Scan(file, id, mark, file.Length, record);
        return chain.Position >= durable
            ? new DocumentFile(files, path, id, mark)
            {
                Length = chain.Position,
                Check = chain.Check,
                TornBytes = file.Length - chain.Position,
            }
            : throw Damage(chain.Position, durable);
    }

    /// <summary>Reads the id without reading a record.</summary>
    /// <exception cref="InvalidDataException">The header is damaged.</exception>
    public static string ReadId(IFileStorage files, string path)
    {
        using IStoredFile file = files.Open(path, FileMode.Open, FileAccess.Read);
        return Convert.ToHexStringLower(DocumentHeader.Read(file).Id);
    }

    /// <summary>Reads the complete records of a file up to a length; another thread may append behind it.</summary>
    /// <param name="files">The storage.</param>
    /// <param name="path">Path of the file.</param>
    /// <param name="fileId">Id of the file; checked before the first record is read.</param>
    /// <param name="length">The length.</param>
    /// <param name="record">Receives the offset of each record, the check of the record before, and the payload.</param>
    /// <exception cref="InvalidDataException">A record before the length is damaged, or the path has another file.</exception>
    public static void Read(IFileStorage files, string path, string fileId, long length, Action<long, uint, byte[]> record)
    {
        using IStoredFile file = files.Open(path, FileMode.Open, FileAccess.Read);
        var chain = RecordChain.Start(RequireId(file, fileId));
        (long Position, uint Check) place = (chain.Position, chain.Check);
        while (chain.TryRead(file, length) is { } payload)
        {
            record(place.Position, place.Check, payload);
            place = (chain.Position, chain.Check);
        }

        if (chain.Position != length)
        {
            throw Damage(chain.Position, length);
        }
    }

    /// <summary>Reads one record at a place that <see cref="Read"/> gave.</summary>
    /// <exception cref="InvalidDataException">The record is damaged, or the path has another file.</exception>
    public static byte[] ReadAt(IFileStorage files, string path, in DocumentPlace place, long length)
    {
        using IStoredFile file = files.Open(path, FileMode.Open, FileAccess.Read);
        byte[] id = RequireId(file, place.FileId);
        return new RecordChain(id, place.Position, place.Check).TryRead(file, length) ?? throw Damage(place.Position, length);
    }

    /// <summary>Returns the file after it was renamed.</summary>
    public DocumentFile At(string path) => new(_files, path, _id, _mark, _isReplica) { Length = Length, Check = Check };

    /// <summary>
    /// Makes what <see cref="Open"/> found durable and removes an interrupted write, of which it keeps a copy. The mark and the records
    /// behind it are written again: after a failed flush the system may hold them in memory as clean pages that a flush skips.
    /// </summary>
    /// <param name="totals">Documents in the file.</param>
    /// <param name="quarantine">Path for the copy of the removed bytes.</param>
    public void Repair(in DocumentTotals totals, string quarantine)
    {
        using IStoredFile file = _files.Open(_path, FileMode.Open, FileAccess.ReadWrite);
        if (file.Length > Length)
        {
            KeepTail(file, quarantine);
            file.SetLength(Length);
        }

        byte[] block = new byte[(int)Math.Min(BlockLength, Length - _mark.Length)];
        for (long position = _mark.Length; position < Length; position += block.Length)
        {
            Span<byte> bytes = block.AsSpan(0, (int)Math.Min(block.Length, Length - position));
            Fill(file, bytes, position);
            file.Write(bytes, position);
        }

        DocumentHeader.Write(file, _mark, _id);
        file.Flush();
        _files.FlushFolder(Path.GetDirectoryName(_path)!);
        WriteMark(file, Length, Check, totals);
        TornBytes = 0;
    }

    /// <summary>
    /// Appends records and returns when they and their mark are durable, or written if the file is a replica. After an exception the
    /// content behind <see cref="Length"/> is unknown: the file must be opened again before the next append.
    /// </summary>
    /// <param name="payloads">Payloads of the records.</param>
    /// <param name="totals">Documents in the file afterwards.</param>
    public void Append(IReadOnlyList<ReadOnlyMemory<byte>> payloads, in DocumentTotals totals)
    {
        using IStoredFile file = _files.Open(_path, FileMode.Open, FileAccess.ReadWrite);
        if (file.Length != Length)
        {
            throw new IOException(FormattableString.Invariant(
                $"'{_path}' has {file.Length} bytes instead of {Length}: another process changed it."));
        }

        RecordChain chain = new(_id, Length, Check);
        foreach (ReadOnlyMemory<byte> payload in payloads)
        {
            chain.Write(file, payload.Span);
        }

        Flush(file);
        WriteMark(file, chain.Position, chain.Check, totals);
        (Length, Check) = (chain.Position, chain.Check);
    }

    private static DocumentFile Create(IFileStorage files, string path, byte[] id, bool isReplica)
    {
        var start = RecordChain.Start(id);
        DocumentMark mark = new(1, start.Position, default, start.Check);
        using IStoredFile file = files.Open(path, FileMode.Create, FileAccess.ReadWrite);
        file.Write(DocumentHeader.Create(id, mark), 0);
        DocumentFile created = new(files, path, id, mark, isReplica);
        created.Flush(file);
        return created;
    }

    private static RecordChain Scan(IStoredFile file, byte[] id, DocumentMark mark, long end, Action<byte[]> record)
    {
        var chain = RecordChain.Start(id);
        bool isMarkMet = IsAt(mark, chain);
        while (chain.TryRead(file, end) is { } payload)
        {
            record(payload);
            isMarkMet |= IsAt(mark, chain);
        }

        return isMarkMet ? chain : throw Damage(chain.Position, mark.Length);
    }

    private static bool IsAt(in DocumentMark mark, RecordChain chain) => chain.Position == mark.Length && chain.Check == mark.Check;

    private static byte[] RequireId(IStoredFile file, string fileId)
    {
        (byte[] id, DocumentMark _) = DocumentHeader.Read(file);
        return Convert.ToHexStringLower(id) == fileId
            ? id
            : throw new InvalidDataException($"documents.log has the id {Convert.ToHexStringLower(id)} instead of {fileId}.");
    }

    private static void Fill(IStoredFile file, Span<byte> bytes, long position)
    {
        if (file.Read(bytes, position) != bytes.Length)
        {
            throw new IOException("The document file became shorter during its repair.");
        }
    }

    private static InvalidDataException Damage(long position, long durable) => new(FormattableString.Invariant(
        $"the record at byte {position} is damaged or missing; {durable} bytes were durable. Restore the file from a backup."));

    // The mark follows the flush of the records, so it never promises a record that a crash can take away. It is durable before the
    // records are acknowledged, so damage of an acknowledged record is never taken for an interrupted write.
    private void WriteMark(IStoredFile file, long length, uint check, in DocumentTotals totals)
    {
        DocumentMark mark = new(_mark.Sequence + 1, length, totals, check);
        DocumentHeader.Write(file, mark, _id);
        Flush(file);
        _mark = mark;
    }

    private void Flush(IStoredFile file)
    {
        if (!_isReplica)
        {
            file.Flush();
        }
    }

    private void KeepTail(IStoredFile file, string quarantine)
    {
        string folder = Path.GetDirectoryName(quarantine)!;
        _files.CreateFolder(folder);
        using (IStoredFile copy = _files.Open(quarantine, FileMode.Create, FileAccess.ReadWrite))
        {
            byte[] block = new byte[(int)Math.Min(BlockLength, file.Length - Length)];
            for (long position = Length; position < file.Length; position += block.Length)
            {
                Span<byte> bytes = block.AsSpan(0, (int)Math.Min(block.Length, file.Length - position));
                Fill(file, bytes, position);
                copy.Write(bytes, position - Length);
            }

            copy.Flush();
        }

        _files.FlushFolder(folder);
    }
}
