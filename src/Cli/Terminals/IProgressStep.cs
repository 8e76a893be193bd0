namespace TopicGrpc.Cli.Terminals;

/// <summary>One step of a job.</summary>
internal interface IProgressStep
{
    /// <param name="fraction">Share that is done, 0 to 1.</param>
    /// <param name="note">A figure to go with it, such as the pace; may be empty.</param>
    void Report(double fraction, string note);

    void Complete(string note);
}
