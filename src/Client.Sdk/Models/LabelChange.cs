namespace TopicGrpc.Client.Models;

/// <summary>Result of moving a label.</summary>
/// <param name="Model">The model after the change.</param>
/// <param name="PreviousVersion">Version of the label before the change; null for none.</param>
public sealed record LabelChange(ModelInfo Model, long? PreviousVersion);
