using System.Text;
using TopicGrpc.Engine.Documents;
using TopicGrpc.Engine.Storage;
using TopicGrpc.Server.Storage;

namespace TopicGrpc.Server.Corpora;

/// <summary>
/// The folder of one corpus: the documents, an identity file with the id of the document file, and a mark while the corpus is deleted.
/// The identity file distinguishes a lost or exchanged document file from one that never existed.
/// </summary>
internal sealed partial class CorpusFolder(DataFolder data, string corpusId)
{
    /// <summary>Name of the document file.</summary>
    public const string DocumentsName = "documents.log";

    /// <summary>Name of the file with the id of the document file.</summary>
    public const string IdentityName = "corpus.id";

    /// <summary>Longest identity file that is read, in bytes.</summary>
    public const int MaxIdentityBytes = 1024;

    private const string DeletionName = "DELETED";
    private const string TailEnding = ".tail";

    private readonly IFileStorage _files = data.Files;

    /// <summary>Path of the folder.</summary>
    public string Path { get; } = data.Paths.Corpus(corpusId);

    /// <summary>Path of the documents.</summary>
    public string Documents => System.IO.Path.Combine(Path, DocumentsName);

    private string Identity => System.IO.Path.Combine(Path, IdentityName);

    private string NewIdentity => Identity + ".new";

    private string DeletionMark => System.IO.Path.Combine(Path, DeletionName);

    /// <summary>
    /// Creates the folder with an empty document file, complete or not at all. A folder that exists belongs to no corpus: it is removed if
    /// its deletion was interrupted, and moved to quarantine otherwise.
    /// </summary>
    /// <returns>Where the former folder is now; null for none.</returns>
    public string? Create()
    {
        string? quarantined = null;
        if (_files.FolderExists(Path))
        {
            if (_files.FileExists(DeletionMark))
            {
                Remove();
            }
            else
            {
                quarantined = data.MoveToQuarantine(Path, "corpus-" + corpusId);
            }
        }

        string staged = data.NewStagingPath();
        _files.CreateFolder(staged);
        var documents = DocumentFile.Create(_files, System.IO.Path.Combine(staged, DocumentsName));
        _files.WriteNew(System.IO.Path.Combine(staged, IdentityName), Encoding.ASCII.GetBytes(documents.Id));
        _files.FlushFolder(staged);
        _files.MoveFolder(staged, Path);
        return quarantined;
    }

    /// <summary>Opens the documents and reads every complete record; a file of format 1 is converted first.</summary>
    /// <param name="known">What is known to be durable.</param>
    /// <param name="recordOf">Returns what receives the payloads of the file with an id.</param>
    /// <exception cref="InvalidDataException">Durable documents are damaged or missing.</exception>
    public DocumentFile Open(DocumentView known, Func<string, Action<byte[]>> recordOf)
    {
        try
        {
            if (!_files.FileExists(Identity))
            {
                Upgrade();
            }

            string id = DocumentFile.ReadId(_files, Documents);
            CompleteIdentity(id);
            var documents = DocumentFile.Open(_files, Documents, id == known.FileId ? known.Length : 0, recordOf(id));
            string identity = ReadIdentity(Identity);
            return identity == documents.Id
                ? documents
                : throw new InvalidDataException(
                    $"documents.log is not the file of this corpus: its id is {documents.Id}, not '{identity}'.");
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InvalidDataException("documents.log is missing. Restore the data folder from a backup.", missing);
        }
    }

    /// <summary>
    /// Replaces the document file by one without erased documents and with a new id; sessions stay. The identity file follows:
    /// <see cref="Open"/> completes a replacement that was interrupted between the two.
    /// </summary>
    /// <param name="current">The opened file.</param>
    /// <param name="erased">Places of the erased documents.</param>
    /// <param name="kept">Receives the other documents.</param>
    /// <returns>The new file.</returns>
    public DocumentFile Compact(DocumentFile current, IReadOnlySet<int> erased, Action<Document> kept)
    {
        string path = Documents + ".new";
        DocumentCopy copy = new(DocumentFile.Create(_files, path));
        int place = 0;
        DocumentFile.Read(_files, Documents, current.Id, current.Length, (_, _, payload) =>
        {
            StoredChunk chunk = ChunkCodec.Decode(payload);
            int[] left = [.. Enumerable.Range(0, chunk.Documents.Count).Where(_ => !erased.Contains(place++))];
            if (left.Length < chunk.Documents.Count)
            {
                chunk = chunk.Only(left);
                payload = ChunkCodec.Encode(chunk);
            }

            foreach (Document document in chunk.Documents)
            {
                kept(document);
            }

            copy.Add(chunk, payload);
        });
        copy.Complete();
        WriteNewIdentity(copy.File.Id);
        data.CountReplacement();
        _files.ReplaceFile(path, Documents);
        _files.ReplaceFile(NewIdentity, Identity);
        return copy.File.At(Documents);
    }

    /// <summary>Deletes the copies of interrupted writes, which may contain documents that were sent again.</summary>
    public void RemoveTails()
    {
        if (!_files.FolderExists(data.Quarantine))
        {
            return;
        }

        string prefix = corpusId + "-documents-";
        foreach (string path in _files.ListFiles(data.Quarantine))
        {
            string name = System.IO.Path.GetFileNameWithoutExtension(path);
            if (System.IO.Path.GetExtension(path) == TailEnding
                && name.StartsWith(prefix, StringComparison.Ordinal)
                && name.AsSpan(prefix.Length).ContainsAnyExceptInRange('0', '9') is false)
            {
                _files.DeleteFile(path);
            }
        }

        _files.FlushFolder(data.Quarantine);
    }

    /// <summary>Makes an opened file writable; see <see cref="DocumentFile.Repair"/>.</summary>
    public void Repair(DocumentFile documents, in DocumentTotals totals) => documents.Repair(totals, TailPath(documents.Length));

    /// <summary>Reads the numbers of durable documents without reading a document.</summary>
    /// <returns>The mark; null for a file of format 1, which has none.</returns>
    /// <exception cref="InvalidDataException">The file is missing, its header is damaged, or it is shorter than its mark.</exception>
    public DocumentMark? ReadMark()
    {
        try
        {
            if (!_files.FileExists(Identity))
            {
                using IStoredFile file = _files.Open(Documents, FileMode.Open, FileAccess.Read);
                if (LegacyDocumentFile.Is(file))
                {
                    return null;
                }
            }

            return DocumentFile.ReadMark(_files, Documents);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InvalidDataException("documents.log is missing. Restore the data folder from a backup.", missing);
        }
    }

    /// <summary>Reads the header of the document file, which appends rewrite in place.</summary>
    public byte[] ReadHeader()
    {
        byte[] header = new byte[DocumentHeader.Length];
        using IStoredFile file = _files.Open(Documents, FileMode.Open, FileAccess.Read);
        return header[..file.Read(header, 0)];
    }

    /// <summary>Marks the folder as belonging to a deleted corpus, durably.</summary>
    public void MarkDeleted()
    {
        if (_files.FolderExists(Path) && !_files.FileExists(DeletionMark))
        {
            _files.WriteNew(DeletionMark, []);
            _files.FlushFolder(Path);
        }
    }

    /// <summary>Removes the folder by one rename, then deletes its content.</summary>
    public void Remove()
    {
        if (_files.FolderExists(Path))
        {
            string staged = data.NewStagingPath();
            _files.MoveFolder(Path, staged);
            _files.DeleteFolder(staged);
        }
    }

    /// <summary>Completes a creation or deletion that a crash interrupted, or withdraws it.</summary>
    /// <param name="exists">Whether the corpus has a row.</param>
    /// <returns>Whether the folder was removed.</returns>
    public bool Recover(bool exists)
    {
        if (!_files.FileExists(DeletionMark))
        {
            // A creation writes the folder before the row. Without a document there is nothing to lose.
            bool isAbandoned = !exists && IsEmpty();
            if (isAbandoned)
            {
                Remove();
            }

            return isAbandoned;
        }

        if (!exists)
        {
            Remove();
            return true;
        }

        _files.DeleteFile(DeletionMark);
        _files.FlushFolder(Path);
        return false;
    }

    private bool IsEmpty()
    {
        try
        {
            using IStoredFile file = _files.Open(Documents, FileMode.Open, FileAccess.Read);
            return ReadMark() is { Totals.Documents: 0 } mark && file.Length == mark.Length;
        }
        catch (Exception unknown) when (unknown is InvalidDataException or FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
    }

    private string ReadIdentity(string path) => Encoding.ASCII.GetString(_files.ReadBytes(path, MaxIdentityBytes));

    /// <summary>Replaces the identity file if the document file was replaced and the identity file was not.</summary>
    private void CompleteIdentity(string documentsId)
    {
        if (ReadIdentity(Identity) != documentsId && _files.FileExists(NewIdentity) && ReadIdentity(NewIdentity) == documentsId)
        {
            _files.ReplaceFile(NewIdentity, Identity);
        }
    }

    private void WriteNewIdentity(string id)
    {
        using IStoredFile identity = _files.Open(NewIdentity, FileMode.Create, FileAccess.Write);
        identity.Write(Encoding.ASCII.GetBytes(id), 0);
        identity.Flush();
    }

    private string TailPath(long offset) =>
        System.IO.Path.Combine(data.Quarantine, FormattableString.Invariant($"{corpusId}-documents-{offset}{TailEnding}"));

    /// <summary>Converts a file of format 1; the identity file is written last, so an interrupted conversion is repeated.</summary>
    private void Upgrade()
    {
        string id;
        using (IStoredFile file = _files.Open(Documents, FileMode.Open, FileAccess.Read))
        {
            id = LegacyDocumentFile.Is(file) ? Convert(file) : string.Empty;
        }

        if (id.Length == 0)
        {
            id = DocumentFile.Open(_files, Documents, 0, static _ => { }).Id;
        }

        WriteNewIdentity(id);
        _files.ReplaceFile(NewIdentity, Identity);
    }

    private string Convert(IStoredFile old)
    {
        string path = Documents + ".new";
        DocumentCopy copy = new(DocumentFile.Create(_files, path));
        long end = LegacyDocumentFile.Read(old, copy.Add);
        copy.Complete();
        if (end < old.Length)
        {
            KeepTail(old, end);
        }

        _files.ReplaceFile(path, Documents);
        return copy.File.Id;
    }

    private void KeepTail(IStoredFile old, long offset)
    {
        byte[] tail = new byte[old.Length - offset];
        int length = old.Read(tail, offset);
        _files.CreateFolder(data.Quarantine);
        using IStoredFile copy = _files.Open(TailPath(offset), FileMode.Create, FileAccess.Write);
        copy.Write(tail.AsSpan(0, length), 0);
        copy.Flush();
        _files.FlushFolder(data.Quarantine);
    }
}
