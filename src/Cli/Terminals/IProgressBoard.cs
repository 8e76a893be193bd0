namespace TopicGrpc.Cli.Terminals;

/// <summary>Shows the progress of several steps, one line per step.</summary>
internal interface IProgressBoard
{
    IProgressStep Start(string title);
}
