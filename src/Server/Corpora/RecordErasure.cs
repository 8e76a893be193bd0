namespace TopicGrpc.Server.Corpora;

/// <summary>
/// Removal of documents from records of a shared log. The objects of the log and the copies of members are rewritten by this alone, so that
/// both have the same bytes.
/// </summary>
internal static class RecordErasure
{
    /// <summary>Returns a record without some documents. It stays if it has none left: it has the state of its session.</summary>
    /// <param name="payload">Payload of the record.</param>
    /// <param name="removed">Places of the documents to remove.</param>
    /// <param name="place">Place of the first document of the record; afterwards, that of the first one behind it.</param>
    /// <exception cref="InvalidDataException">The payload is no chunk of a known format.</exception>
    public static byte[] Remove(byte[] payload, IReadOnlySet<int> removed, ref int place)
    {
        StoredChunk chunk = ChunkCodec.Decode(payload);
        List<int> kept = new(chunk.Documents.Count);
        for (int index = 0; index < chunk.Documents.Count; index++)
        {
            if (!removed.Contains(place++))
            {
                kept.Add(index);
            }
        }

        return kept.Count == chunk.Documents.Count ? payload : ChunkCodec.Encode(chunk.Only(kept));
    }
}
