using TopicGrpc.V1;

namespace TopicGrpc.Server.Fitting;

/// <summary>What the database holds of a fit.</summary>
/// <param name="Ordinal">Place in the order of arrival.</param>
/// <param name="Id">Last part of the name.</param>
/// <param name="Attempts">How often it was begun.</param>
/// <param name="LastSequence">Number at or above that of its last event.</param>
/// <param name="RequestSha256">Hash of the request that started it.</param>
/// <param name="Fit">The fit as clients see it.</param>
internal sealed record FitRow(long Ordinal, string Id, int Attempts, long LastSequence, byte[] RequestSha256, Fit Fit);
