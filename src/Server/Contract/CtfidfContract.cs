using TopicGrpc.Engine.Words;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Contract;

/// <summary>Maps the settings of c-TF-IDF between contract and engine.</summary>
internal static class CtfidfContract
{
    /// <summary>Returns the options of c-TF-IDF.</summary>
    /// <param name="ctfidf">The message; null means the defaults of BERTopic.</param>
    public static ClassTfIdfOptions FromProto(CtfidfSettings? ctfidf)
    {
        ClassTfIdfOptions given = new();
        return ctfidf is null ? given : given with
        {
            Bm25Weighting = ctfidf.HasBm25Weighting ? ctfidf.Bm25Weighting : given.Bm25Weighting,
            ReduceFrequentWords = ctfidf.HasReduceFrequentWords ? ctfidf.ReduceFrequentWords : given.ReduceFrequentWords,
            SeedWords = [.. ctfidf.SeedWords],
            SeedMultiplier = ctfidf.HasSeedMultiplier ? ctfidf.SeedMultiplier : given.SeedMultiplier,
        };
    }

    /// <summary>Returns the message with all fields set.</summary>
    public static CtfidfSettings ToProto(ClassTfIdfOptions weights) => new()
    {
        Bm25Weighting = weights.Bm25Weighting,
        ReduceFrequentWords = weights.ReduceFrequentWords,
        SeedMultiplier = weights.SeedMultiplier,
        SeedWords = { weights.SeedWords },
    };
}
