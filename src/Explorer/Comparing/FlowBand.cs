namespace TopicGrpc.Explorer.Comparing;

/// <summary>Documents that two topics share.</summary>
/// <param name="From">Upper edge on the left.</param>
/// <param name="To">Upper edge on the right.</param>
/// <param name="Height">Height, proportional to the documents.</param>
/// <param name="Title">What flows.</param>
public sealed record FlowBand(double From, double To, double Height, string Title);
