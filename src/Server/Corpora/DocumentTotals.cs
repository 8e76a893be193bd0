namespace TopicGrpc.Server.Corpora;

/// <summary>What the documents of a corpus add up to.</summary>
/// <param name="Documents">Number of documents.</param>
/// <param name="TextBytes">Bytes of their texts in UTF-8.</param>
/// <param name="Dimension">Numbers of their given embeddings; 0 for none.</param>
internal readonly record struct DocumentTotals(long Documents, long TextBytes, int Dimension = 0)
{
    /// <summary>Bytes of the texts and of the given embeddings.</summary>
    public long ContentBytes => TextBytes + (Documents * Dimension * sizeof(float));
}
