using TopicGrpc.Client.Operations;

namespace TopicGrpc.Explorer.Curating;

/// <summary>What the visitor entered.</summary>
public sealed class CurationInput
{
    /// <summary>Chosen topics, ascending.</summary>
    public SortedSet<int> Topics { get; } = [];

    /// <summary>New custom label.</summary>
    public string Label { get; set; } = "";

    /// <summary>Number of topics or of documents; empty: automatic.</summary>
    public string Number { get; set; } = "";

    /// <summary>Similarity that assigns outliers.</summary>
    public OutlierStrategy Strategy { get; set; } = OutlierStrategy.Embeddings;

    /// <summary>Least similarity; empty: 0.</summary>
    public string Threshold { get; set; } = "";

    /// <summary>Groups of topics, one a line.</summary>
    public string Groups { get; set; } = "";
}
