namespace TopicGrpc.Server.Fitting;

/// <summary>Life of a fit. The database stores the numbers.</summary>
internal enum FitStatus
{
    Queued = 1,
    Running = 2,
    Cancelling = 3,
    Succeeded = 4,
    Failed = 5,
    Cancelled = 6,
}
