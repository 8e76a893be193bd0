namespace TopicGrpc.Client.Models;

/// <summary>What moving a label did.</summary>
/// <param name="Model">The model afterwards.</param>
/// <param name="PreviousVersion">Version that carried the label before; null for none.</param>
public sealed record LabelChange(ModelInfo Model, long? PreviousVersion);
