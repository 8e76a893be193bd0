namespace TopicGrpc.Engine.Topics.Settings;

/// <summary>Coherence measure, named as in gensim.</summary>
public enum CoherenceMeasure
{
    /// <summary>Normalized pointwise mutual information of word pairs in windows of 10 tokens; Python <c>c_npmi</c>.</summary>
    Npmi,

    /// <summary>Cosine of context vectors from windows of 110 tokens; Python <c>c_v</c>.</summary>
    ContextVector,

    /// <summary>Conditional log probability in whole documents; Python <c>u_mass</c>.</summary>
    Umass,
}
