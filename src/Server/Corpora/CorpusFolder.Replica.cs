using System.Text;
using TopicGrpc.Engine.Documents;
using TopicGrpc.Engine.Storage;
using TopicGrpc.Engine.Topics.Recognition;

namespace TopicGrpc.Server.Corpora;

/// <content>
/// The folder of a replica. When erased documents are removed from the log, the document file is replaced at once, but other files of the
/// folder, such as cached embeddings, may still have something of them: a mark says so until they were compacted.
/// </content>
internal sealed partial class CorpusFolder
{
    /// <summary>Name of the mark of a folder whose other files may have something of erased documents.</summary>
    public const string ErasureName = "ERASURE";

    private string ErasureMark => System.IO.Path.Combine(Path, ErasureName);

    /// <summary>Opens the replica of a log and reads its records; a missing or damaged file is replaced by an empty one.</summary>
    /// <param name="id">Id of the log.</param>
    /// <param name="removedFrom">
    /// Returns the places of all documents that the log with another id has and the log with this one has not; null: they are not known.
    /// </param>
    /// <param name="record">Receives the payloads.</param>
    /// <param name="damage">Damage for which the file was replaced; null for none.</param>
    /// <returns>The file; without entries if it was replaced.</returns>
    public DocumentFile OpenReplica(
        string id, Func<string, IReadOnlySet<int>?> removedFrom, Action<byte[]> record, out Exception? damage)
    {
        damage = null;
        try
        {
            string identity = ReadIdentity(Identity);
            if (identity == id)
            {
                return DocumentFile.OpenReplica(_files, Documents, id, record);
            }

            if (LogIds.AreOfOneLog(identity, id))
            {
                MarkErasure();
                if (removedFrom(identity) is { } removed && TryCompact(identity, id, removed))
                {
                    return DocumentFile.OpenReplica(_files, Documents, id, record);
                }
            }
            else
            {
                // The folder of a former corpus with the same name.
                Remove();
            }
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            // The first use at this server.
        }
        catch (Exception found) when (found is InvalidDataException or EndOfStreamException or ArgumentException)
        {
            damage = found;
        }

        return CreateReplica(id);
    }

    /// <summary>Finds documents of an opened file by their places.</summary>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public IReadOnlyList<FoundDocument> Find(DocumentFile file, IReadOnlySet<int> places)
    {
        List<FoundDocument> found = [];
        int place = 0;
        DocumentFile.Read(_files, Documents, file.Id, file.Length, (_, _, payload) =>
        {
            foreach (Document document in ChunkCodec.Decode(payload).Documents)
            {
                if (places.Contains(place))
                {
                    found.Add(new FoundDocument(
                        place, document.Id, TextFingerprint.Of(document.Text), Encoding.UTF8.GetByteCount(document.Text)));
                }

                place++;
            }
        });
        return found;
    }

    /// <summary>Returns whether the folder is that of a replica of a log without anything of documents that were removed from it.</summary>
    /// <param name="id">Id of the log.</param>
    /// <exception cref="IOException">The disk fails.</exception>
    public bool IsReplicaOf(string id)
    {
        try
        {
            return !_files.FileExists(ErasureMark) && ReadIdentity(Identity) == id;
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException or InvalidDataException)
        {
            return false;
        }
    }

    /// <summary>Returns whether the folder exists.</summary>
    public bool Exists() => _files.FolderExists(Path);

    /// <summary>Records that no file of the folder has anything of erased documents.</summary>
    public void CompleteErasure()
    {
        if (_files.FileExists(ErasureMark))
        {
            _files.DeleteFile(ErasureMark);
            _files.FlushFolder(Path);
        }
    }

    /// <summary>Makes the replica of a log from that of its former id, without the transfer of all records.</summary>
    /// <returns>False if the former replica is damaged.</returns>
    private bool TryCompact(string former, string id, IReadOnlySet<int> removed)
    {
        string path = Documents + ".new";
        int place = 0;
        try
        {
            if (!DocumentFile.OpenReplica(_files, Documents, former, static _ => { })
                .TryCopyReplica(path, id, payload => RecordErasure.Remove(payload, removed, ref place)))
            {
                return false;
            }
        }
        catch (Exception damage) when (damage is InvalidDataException or EndOfStreamException)
        {
            return false;
        }

        Replace(path, id);
        return true;
    }

    private void Replace(string path, string id)
    {
        data.CountReplacement();
        _files.ReplaceFile(path, Documents);
        WriteNewIdentity(id);
        _files.ReplaceFile(NewIdentity, Identity);
    }

    private void MarkErasure()
    {
        if (!_files.FileExists(ErasureMark))
        {
            _files.WriteNew(ErasureMark, []);
            _files.FlushFolder(Path);
        }
    }

    private DocumentFile CreateReplica(string id)
    {
        string path = Documents + ".new";
        _files.CreateFolder(Path);
        var documents = DocumentFile.CreateReplica(_files, path, id);
        Replace(path, id);
        return documents.At(Documents);
    }
}
