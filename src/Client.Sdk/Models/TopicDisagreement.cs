namespace TopicGrpc.Client.Models;

/// <summary>Two topics that two versions answered to the same texts and that are not the same one.</summary>
/// <param name="Version">Version that answered the calls.</param>
/// <param name="TopicId">Topic that it answered; −1 for none.</param>
/// <param name="TopicName">Its name.</param>
/// <param name="TopicUid">Its uid; empty for none.</param>
/// <param name="ShadowTopicId">Topic of the shadow version; −1 for none.</param>
/// <param name="ShadowTopicName">Its name.</param>
/// <param name="ShadowTopicUid">Its uid; empty for none.</param>
/// <param name="Count">How often.</param>
public sealed record TopicDisagreement(long Version, int TopicId, string TopicName, string TopicUid, int ShadowTopicId, string ShadowTopicName, string ShadowTopicUid, long Count);
