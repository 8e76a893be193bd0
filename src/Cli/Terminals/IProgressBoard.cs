namespace TopicGrpc.Cli.Terminals;

/// <summary>Shows several steps of a job, one line each.</summary>
internal interface IProgressBoard
{
    IProgressStep Start(string title);
}
