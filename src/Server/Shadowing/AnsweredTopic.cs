using TopicGrpc.Engine.Topics;

namespace TopicGrpc.Server.Shadowing;

/// <summary>A topic in an answer.</summary>
/// <param name="Id">Number in its version; −1 for an outlier.</param>
/// <param name="Name">Name.</param>
/// <param name="Uid">Uid; empty for none.</param>
internal readonly record struct AnsweredTopic(int Id, string Name, string Uid)
{
    public static AnsweredTopic Of(TopicModel model, int topicId) =>
        model.Find(topicId) is { } topic ? new(topicId, topic.Name, topic.Uid) : new(topicId, string.Empty, string.Empty);
}
