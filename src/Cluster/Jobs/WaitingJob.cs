using TopicGrpc.Server.Fitting;

namespace TopicGrpc.Cluster.Jobs;

/// <summary>A job that a member may claim.</summary>
/// <param name="Row">Row of the job.</param>
/// <param name="Claim">Its claim.</param>
internal readonly record struct WaitingJob(FitRow Row, JobClaim Claim);
