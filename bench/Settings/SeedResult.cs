namespace TopicGrpc.Settings;

/// <summary>Quality of one fit.</summary>
/// <param name="Seed">Its seed.</param>
/// <param name="Topics">Topics without the outliers.</param>
/// <param name="OutlierShare">Share of the documents in no topic.</param>
/// <param name="LargestShare">Share of the clustered documents in the largest topic.</param>
/// <param name="Npmi">Mean coherence of the topics' ten words, as gensim's <c>c_npmi</c>.</param>
/// <param name="Diversity">Share of distinct words among them.</param>
/// <param name="ClassAgreement">Adjusted mutual information with the corpus's classes, outliers a class of their own; NaN without classes.</param>
/// <param name="FilledAgreement">The same, outliers given to the topic of the nearest mean vector.</param>
/// <param name="Seconds">Time of the fit after embedding.</param>
/// <param name="MinClusterSize">Smallest cluster as resolved.</param>
/// <param name="MaxClusterSize">Largest cluster as resolved.</param>
/// <param name="Labels">Topic of each document.</param>
internal sealed record SeedResult(
    long Seed,
    int Topics,
    double OutlierShare,
    double LargestShare,
    double Npmi,
    double Diversity,
    double ClassAgreement,
    double FilledAgreement,
    double Seconds,
    int MinClusterSize,
    int MaxClusterSize,
    int[] Labels);
