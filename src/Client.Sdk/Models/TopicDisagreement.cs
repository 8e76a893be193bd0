namespace TopicGrpc.Client.Models;

/// <summary>A pair of different topics that two versions gave for the same texts.</summary>
/// <param name="Version">Version that answered the calls.</param>
/// <param name="TopicId">Its topic; −1 for an outlier.</param>
/// <param name="TopicName">Its name.</param>
/// <param name="TopicUid">Its uid; empty for none.</param>
/// <param name="ShadowTopicId">Topic of the shadow version; −1 for an outlier.</param>
/// <param name="ShadowTopicName">Its name.</param>
/// <param name="ShadowTopicUid">Its uid; empty for none.</param>
/// <param name="Count">Number of texts.</param>
public sealed record TopicDisagreement(
    long Version,
    int TopicId,
    string TopicName,
    string TopicUid,
    int ShadowTopicId,
    string ShadowTopicName,
    string ShadowTopicUid,
    long Count);
