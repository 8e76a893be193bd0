namespace TopicGrpc.Engine.Topics;

/// <summary>A topic of a layer other than the version's own topics.</summary>
/// <param name="Id">Number in the layer, from 0 by descending size.</param>
/// <param name="Count">Number of training documents.</param>
/// <param name="Name">Generated name.</param>
/// <param name="Words">Words, best first.</param>
/// <param name="Uid">Identity of the topic across versions, in the form of <see cref="Topic.Uid"/>.</param>
/// <param name="Parent">Topic of a coarser layer that contains this topic.</param>
public sealed record LayerTopic(int Id, int Count, string Name, IReadOnlyList<TopicWord> Words, string Uid, TopicParent Parent);
