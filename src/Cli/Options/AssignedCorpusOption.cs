using System.CommandLine;

namespace TopicGrpc.Cli.Options;

/// <summary>The option <c>--corpus</c> of queries: documents that <c>assign</c> gave topics, instead of the training documents.</summary>
internal sealed class AssignedCorpusOption
{
    private readonly Option<string?> _corpus = new("--corpus")
    {
        Description = "Id of a corpus whose documents topicgrpc assign gave topics of the version. Default: the training documents.",
    };

    public void AddTo(Command command) => command.Add(_corpus);

    public string? Read(ParseResult parsed) => parsed.GetValue(_corpus);
}
