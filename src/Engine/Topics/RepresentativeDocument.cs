namespace TopicGrpc.Engine.Topics;

/// <summary>A training document that stands for its topic. The text is kept with the model, so it outlives the corpus.</summary>
/// <param name="Row">Row number in the model.</param>
/// <param name="Id">Document id.</param>
/// <param name="Text">The whole text.</param>
public sealed record RepresentativeDocument(int Row, string Id, string Text);
