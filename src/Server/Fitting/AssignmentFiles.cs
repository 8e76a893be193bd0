using System.Buffers.Binary;
using System.Globalization;
using TopicGrpc.Engine.Storage;
using TopicGrpc.Server.Storage;

namespace TopicGrpc.Server.Fitting;

/// <summary>
/// Topics of the documents of corpora by versions: one file per corpus and version in the folder of the corpus, so that a deletion of the
/// corpus removes it. A file has only complete blocks: an incomplete one at its end, which a crash left, is overwritten. Thread-safe.
/// </summary>
internal sealed class AssignmentFiles(DataFolder folder)
{
    private const uint Magic = 0x31414754; // "TGA1"
    private const int HeaderBytes = 4;
    private const string NamePrefix = "assignments-";
    private const string NewEnding = ".new";

    private readonly Lock _writing = new();
    private long _replacements;

    /// <summary>Returns whether a file of a corpus folder has assignments.</summary>
    public static bool IsAssignments(string path) => Path.GetFileName(path).StartsWith(NamePrefix, StringComparison.Ordinal);

    /// <summary>Returns whether a version has assigned documents of a corpus.</summary>
    public bool Exists(AssignmentName name) => folder.Files.FileExists(PathOf(name));

    /// <summary>Returns the name of the file of a version in the folder of a corpus.</summary>
    public static string NameOf(string modelId, long version) =>
        string.Create(CultureInfo.InvariantCulture, $"{NamePrefix}{modelId}.{version}.bin");

    /// <summary>Writes a block into a file; the first one with the header of the file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="offset">End of the last block; 0 for a new file.</param>
    /// <param name="documents">Documents of the block; none: the header alone.</param>
    /// <returns>End of the block.</returns>
    public static long Write(IStoredFile file, long offset, ReadOnlySpan<AssignedDocument> documents)
    {
        if (offset == 0)
        {
            offset = EndOf(file);
        }

        if (documents.Length == 0)
        {
            return offset;
        }

        byte[] block = AssignmentCodec.Encode(documents);
        file.Write(block, offset);
        return offset + block.Length;
    }

    /// <summary>Visits the documents in the order in which they were assigned, with one block in memory.</summary>
    /// <param name="name">The assignment.</param>
    /// <param name="first">Number of documents to skip.</param>
    /// <param name="visit">Receives documents; returns false to stop.</param>
    /// <param name="cancellationToken">Stops between two blocks.</param>
    public void Visit(AssignmentName name, long first, Func<AssignedDocument, bool> visit, CancellationToken cancellationToken)
    {
        using IStoredFile file = folder.Files.Open(PathOf(name), FileMode.Open, FileAccess.Read);
        long offset = HasHeader(file) ? HeaderBytes : file.Length;

        // The blocks of earlier pages are skipped by their headers, so that a listing reads every block about once.
        while (AssignmentCodec.TryReadHeader(file, offset, out int count, out int length) && first >= count)
        {
            cancellationToken.ThrowIfCancellationRequested();
            (first, offset) = (first - count, offset + length);
        }

        while (AssignmentCodec.TryRead(file, ref offset, out byte[] block))
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (AssignedDocument document in AssignmentCodec.Decode(block).AsSpan((int)first))
            {
                if (!visit(document))
                {
                    return;
                }
            }

            first = 0;
        }
    }

    /// <summary>Appends documents as a block; they are durable when the call returns.</summary>
    /// <param name="name">The assignment.</param>
    /// <param name="documents">Documents that the file does not have, at most <see cref="AssignmentCodec.MaxDocuments"/>.</param>
    /// <param name="end">End of the last block and the number of replacements when it was found; default: unknown.</param>
    /// <returns>The new end, for the next call.</returns>
    public (long Offset, long Replacements) Append(
        AssignmentName name, ReadOnlySpan<AssignedDocument> documents, (long Offset, long Replacements) end)
    {
        lock (_writing)
        {
            string path = PathOf(name);
            bool isNew = !folder.Files.FileExists(path);
            using IStoredFile file = folder.Files.Open(path, FileMode.OpenOrCreate, FileAccess.ReadWrite);

            // An erasure may have replaced the file since the last call.
            long offset = end.Offset == 0 || end.Replacements != _replacements ? EndOf(file) : end.Offset;
            offset = Write(file, offset, documents);
            if (file.Length > offset)
            {
                file.SetLength(offset);
            }

            file.Flush();
            if (isNew)
            {
                folder.Files.FlushFolder(folder.Paths.Corpus(name.CorpusId));
            }

            return (offset, _replacements);
        }
    }

    /// <summary>Removes documents of a corpus from the files of all versions.</summary>
    /// <param name="corpus">Id of the corpus.</param>
    /// <param name="erased">Ids of the documents.</param>
    /// <param name="cancellationToken">Stops between two blocks; the file is unchanged then.</param>
    /// <exception cref="IOException">The disk failed.</exception>
    public void RemoveDocuments(string corpus, IReadOnlySet<string> erased, CancellationToken cancellationToken)
    {
        lock (_writing)
        {
            foreach (string path in folder.Files.ListFiles(folder.Paths.Corpus(corpus)).Where(IsAssignments))
            {
                if (Path.GetExtension(path) != NewEnding)
                {
                    RemoveFrom(path, erased, cancellationToken);
                }
            }
        }
    }

    /// <summary>Removes the files of versions that do not exist, for all corpora.</summary>
    /// <param name="exists">Returns whether a model has a version.</param>
    public void RemoveUnused(Func<string, long, bool> exists)
    {
        lock (_writing)
        {
            foreach (string path in folder.Files.ListFolders(folder.Corpora)
                .Where(folder.Files.FolderExists)
                .SelectMany(folder.Files.ListFiles)
                .Where(path => IsAssignments(path) && VersionOf(path) is var (model, version) && !exists(model, version)))
            {
                _replacements++;
                folder.Files.DeleteFile(path);
            }
        }
    }

    /// <summary>Checks the blocks of a file.</summary>
    /// <param name="files">Storage of the file.</param>
    /// <param name="path">Path of the file.</param>
    /// <param name="block">Receives the bytes of each block that was read.</param>
    /// <param name="cancellationToken">Stops between two blocks.</param>
    /// <returns>Bytes behind the last sound block; null if the header is not that of an assignment file.</returns>
    public static long? CountDamaged(IFileStorage files, string path, Action<int> block, CancellationToken cancellationToken)
    {
        using IStoredFile file = files.Open(path, FileMode.Open, FileAccess.Read);
        if (!HasHeader(file))
        {
            return null;
        }

        long offset = HeaderBytes;
        while (AssignmentCodec.TryRead(file, ref offset, out byte[] bytes))
        {
            cancellationToken.ThrowIfCancellationRequested();
            block(bytes.Length);
        }

        return file.Length - offset;
    }

    private void RemoveFrom(string path, IReadOnlySet<string> erased, CancellationToken cancellationToken)
    {
        using (IStoredFile source = folder.Files.Open(path, FileMode.Open, FileAccess.Read))
        using (IStoredFile target = folder.Files.Open(path + NewEnding, FileMode.Create, FileAccess.ReadWrite))
        {
            long written = EndOf(target);
            long offset = HasHeader(source) ? HeaderBytes : source.Length;
            while (AssignmentCodec.TryRead(source, ref offset, out byte[] block))
            {
                cancellationToken.ThrowIfCancellationRequested();
                written = Write(
                    target, written, [.. AssignmentCodec.Decode(block).Where(document => !erased.Contains(document.Id))]);
            }

            target.Flush();
        }

        _replacements++;
        folder.CountReplacement();
        folder.Files.ReplaceFile(path + NewEnding, path);
    }

    /// <summary>Returns the end of the last sound block; writes the header of a new file.</summary>
    private static long EndOf(IStoredFile file)
    {
        if (!HasHeader(file))
        {
            Span<byte> header = stackalloc byte[HeaderBytes];
            BinaryPrimitives.WriteUInt32LittleEndian(header, Magic);
            file.Write(header, 0);
            return HeaderBytes;
        }

        long offset = HeaderBytes;
        while (AssignmentCodec.TryRead(file, ref offset, out byte[] _))
        {
        }

        return offset;
    }

    /// <summary>Returns the version of a file; null for a replacement that was interrupted.</summary>
    private static (string Model, long Version)? VersionOf(string path)
    {
        string[] parts = Path.GetFileName(path)[NamePrefix.Length..].Split('.');
        return parts is [string model, string number, "bin"]
            && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out long version)
            ? (model, version)
            : null;
    }

    private static bool HasHeader(IStoredFile file)
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        return file.Read(header, 0) == HeaderBytes && BinaryPrimitives.ReadUInt32LittleEndian(header) == Magic;
    }

    private string PathOf(AssignmentName name) =>
        Path.Combine(folder.Paths.Corpus(name.CorpusId), NameOf(name.ModelId, name.Version));
}
