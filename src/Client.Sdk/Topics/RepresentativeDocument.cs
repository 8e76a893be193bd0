namespace TopicGrpc.Client.Topics;

/// <summary>A training document that shows what a topic is about.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Text">Its text, cut where the server cuts it.</param>
public sealed record RepresentativeDocument(string Id, string Text);
