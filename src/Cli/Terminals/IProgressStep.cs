namespace TopicGrpc.Cli.Terminals;

/// <summary>A step of a job.</summary>
internal interface IProgressStep
{
    /// <param name="fraction">Completed share, 0 to 1.</param>
    /// <param name="note">Additional figure, such as the throughput; may be empty.</param>
    void Report(double fraction, string note);

    void Complete(string note);
}
