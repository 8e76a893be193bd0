using TopicGrpc.Engine.Documents;
using TopicGrpc.Engine.Embeddings;

namespace TopicGrpc.Server.Fitting;

/// <summary>The texts of a corpus that have no cached embedding. Several may be equal.</summary>
/// <param name="corpusId">Id of the corpus.</param>
/// <param name="encoder">The encoder.</param>
/// <param name="documents">Documents of the fit.</param>
/// <param name="keys">Key of the text of each document, see <see cref="EmbeddingCache.KeyOf"/>.</param>
/// <param name="rows">Row of each text in <paramref name="documents"/>.</param>
internal sealed class EmbeddingWork(
    string corpusId,
    EmbedderInfo encoder,
    IReadOnlyList<Document> documents,
    UInt128[] keys,
    int[] rows)
{
    /// <summary>Id of the corpus.</summary>
    public string CorpusId => corpusId;

    /// <summary>The encoder.</summary>
    public EmbedderInfo Encoder => encoder;

    /// <summary>Number of texts.</summary>
    public int Count => rows.Length;

    /// <summary>Returns a text.</summary>
    public string Text(int index) => documents[rows[index]].Text;

    /// <summary>Returns the key of a text.</summary>
    public UInt128 Key(int index) => keys[rows[index]];

    /// <summary>Returns the id of the document of a text.</summary>
    public string DocumentId(int index) => documents[rows[index]].Id;
}
