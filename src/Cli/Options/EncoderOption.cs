using System.CommandLine;
using TopicGrpc.Client.Corpora;

namespace TopicGrpc.Cli.Options;

/// <summary>Name of the encoder of the embeddings in an input.</summary>
internal sealed class EncoderOption
{
    private readonly Option<string?> _encoder = new("--encoder")
    {
        Description = "Name of the encoder that made the embeddings of the input, for a corpus that the command creates. "
            + "Default: none.",
        HelpName = "name",
    };

    public void AddTo(Command command) => command.Add(_encoder);

    /// <summary>Returns what a new corpus declares; null if no name is given.</summary>
    public GivenEmbeddings? Read(ParseResult parsed) =>
        parsed.GetValue(_encoder) is { } encoder ? new GivenEmbeddings { Encoder = encoder } : null;
}
