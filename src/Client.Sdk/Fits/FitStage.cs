namespace TopicGrpc.Client.Fits;

/// <summary>The stages of a fit, in order.</summary>
public enum FitStage
{
    /// <summary>Not running, or a stage that this client does not know.</summary>
    None = 0,

    /// <summary>Texts to vectors.</summary>
    Embedding,

    /// <summary>Nearest neighbors of every document.</summary>
    Neighbors,

    /// <summary>Layout in few dimensions.</summary>
    Layout,

    /// <summary>Clusters of the layout.</summary>
    Clusters,

    /// <summary>Probabilities of all topics for all documents.</summary>
    Probabilities,

    /// <summary>Topics of the documents outside of a sample.</summary>
    Assignment,

    /// <summary>Words, reduction, names, representative documents.</summary>
    Topics,

    /// <summary>Figures of the report.</summary>
    Quality,

    /// <summary>Writing and publishing the version.</summary>
    Publishing,
}
