namespace TopicGrpc.Client.Settings;

/// <summary>Names of gensim's coherence measures.</summary>
public static class CoherenceMeasures
{
    /// <summary>Normalized pointwise mutual information of word pairs in windows of 10 tokens; always measured.</summary>
    public const string Npmi = "c_npmi";

    /// <summary>Cosine of context vectors from windows of 110 tokens.</summary>
    public const string ContextVector = "c_v";

    /// <summary>Conditional log probability in whole documents.</summary>
    public const string Umass = "u_mass";
}
