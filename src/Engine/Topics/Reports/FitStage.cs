namespace TopicGrpc.Engine.Topics.Reports;

/// <summary>The stages of a fit, in order.</summary>
public enum FitStage
{
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

    /// <summary>Topics of documents outside of the sample, as a prediction gives them.</summary>
    Assignment,

    /// <summary>Word counts and weights, reduction, names, representative documents.</summary>
    Topics,

    /// <summary>Figures of the report: coherence, agreement and the like.</summary>
    Quality,

    /// <summary>Writing and publishing the version.</summary>
    Publishing,
}
