using System.CommandLine;

namespace TopicGrpc.Cli.Options;

/// <summary>Argument with the id of a corpus.</summary>
internal sealed class CorpusArgument
{
    private readonly Argument<string> _corpus = new("corpus") { Description = "Id of the corpus, as \"corpora list\" prints it." };

    public void AddTo(Command command) => command.Add(_corpus);

    public string Read(ParseResult parsed) => parsed.GetRequiredValue(_corpus);
}
