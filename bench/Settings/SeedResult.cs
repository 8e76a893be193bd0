namespace TopicGrpc.Settings;

/// <summary>Quality of one fit.</summary>
/// <param name="Seed">Random seed.</param>
/// <param name="Topics">Number of topics without the outlier topic.</param>
/// <param name="OutlierShare">Share of documents without a topic.</param>
/// <param name="LargestShare">Share of the largest topic in the clustered documents.</param>
/// <param name="Npmi">Mean coherence of the ten words of each topic, as gensim's <c>c_npmi</c>.</param>
/// <param name="Diversity">Share of distinct words among the ten words of all topics.</param>
/// <param name="ClassAgreement">
/// Adjusted mutual information with the classes of the corpus, with outliers as a class; NaN without classes.
/// </param>
/// <param name="FilledAgreement">Adjusted mutual information after assigning outliers to the topic with the nearest mean vector.</param>
/// <param name="Seconds">Duration of the fit after embedding.</param>
/// <param name="MinClusterSize">Resolved minimum cluster size.</param>
/// <param name="MaxClusterSize">Resolved maximum cluster size.</param>
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
