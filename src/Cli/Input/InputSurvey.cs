using System.Runtime.CompilerServices;

namespace TopicGrpc.Cli.Input;

/// <summary>
/// The first reading of an input. It finds invalid records before anything is sent, counts the documents and computes the digest that
/// identifies them; later readings must give the same documents.
/// </summary>
internal sealed class InputSurvey
{
    private readonly string _digest;

    private InputSurvey(InputSource source, long documents, string digest, InputNotes notes)
    {
        Source = source;
        Documents = documents;
        _digest = digest;
        Notes = notes;
        Identity = InputIdentity.Of(source, digest);
    }

    public InputSource Source { get; }

    /// <summary>Number of documents, above 0.</summary>
    public long Documents { get; }

    /// <summary>What is left out of the input.</summary>
    public InputNotes Notes { get; }

    public InputIdentity Identity { get; }

    /// <exception cref="InputException">The input is invalid or contains no document.</exception>
    public static async Task<InputSurvey> ReadAsync(InputSource source, CancellationToken cancellationToken)
    {
        InputNotes notes = new();
        using InputDigest digest = new();
        await foreach (InputDocument document in source.ReadAsync(notes, cancellationToken))
        {
            digest.Add(document);
        }

        return digest.Documents > 0
            ? new InputSurvey(source, digest.Documents, digest.Value(), notes)
            : throw new InputException(source.Path, string.Join("; ", ["contains no document", .. notes.Lines()]));
    }

    /// <summary>Reads the documents again.</summary>
    /// <exception cref="InputException">The input has changed since the survey.</exception>
    public async IAsyncEnumerable<InputDocument> DocumentsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using InputDigest digest = new();
        await foreach (InputDocument document in Source.ReadAsync(cancellationToken))
        {
            digest.Add(document);
            yield return document;
        }

        if (digest.Value() != _digest)
        {
            throw new InputException(Source.Path, "changed while the command read it; run the command again");
        }
    }
}
