using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Google.Protobuf;
using TopicGrpc.Engine.Topics.Fitting;
using TopicGrpc.Engine.Topics.Settings;
using TopicGrpc.V1;
using Document = TopicGrpc.Engine.Documents.Document;

namespace TopicGrpc.Server.Fitting;

/// <summary>Everything on which the results of the stages of a fit depend, and its hash.</summary>
/// <param name="asked">The settings as they were asked, with the seed.</param>
/// <param name="settings">The same settings.</param>
/// <param name="input">Documents, embeddings and encoder. Classes follow from settings and documents.</param>
internal sealed class FitInputs(FitSettings asked, TopicModelOptions settings, FitInput input)
{
    private const int BlockDocuments = 1024;

    private static readonly Dictionary<string, string> NoAttributes = [];

    /// <summary>
    /// Computes SHA-256 over the builds of engine and server, settings, encoder, ids, texts, times, attributes and embeddings. A million
    /// documents take some seconds.
    /// </summary>
    /// <param name="cancellationToken">Stops between two blocks of documents.</param>
    /// <returns>64 lowercase hexadecimal digits.</returns>
    public string Hash(CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

        // A build of another release may compute other bits; its module has another id.
        Append(hash, typeof(TopicModelTrainer).Module.ModuleVersionId.ToString());
        Append(hash, typeof(FitInputs).Module.ModuleVersionId.ToString());
        Append(hash, asked.ToByteArray());
        Append(hash, FormattableString.Invariant(
            $"{input.Embedder.Sha256} {input.Embedder.Precision} {input.Embedder.Dimension} {input.Embedder.MaxTokens}"));
        Append(hash, string.Join(' ', input.EncoderLanguages));
        AppendGuidance(hash, cancellationToken);
        for (int row = 0; row < input.Documents.Count; row++)
        {
            if (row % BlockDocuments == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            Append(hash, input.Documents[row]);
            hash.AppendData(MemoryMarshal.AsBytes<float>(input.Embeddings.Row(row)));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Adds the vectors of names that guide the fit: another processor may compute other bits of them.</summary>
    private void AppendGuidance(IncrementalHash hash, CancellationToken cancellationToken)
    {
        if (input.Guidance.Embedder is not { } embedder)
        {
            return;
        }

        float[] vector = new float[embedder.Info.Dimension];
        foreach (string name in settings.ZeroShotTopics.Concat(settings.SeedTopics.Select(static words => string.Join(' ', words))))
        {
            embedder.Embed(name, vector, cancellationToken);
            hash.AppendData(MemoryMarshal.AsBytes<float>(vector));
        }
    }

    private static void Append(IncrementalHash hash, Document document)
    {
        Append(hash, document.Id);
        Append(hash, document.Text);
        Append(hash, document.Time is { } time ? time.UtcTicks : -1);
        IReadOnlyDictionary<string, string> attributes = document.Attributes ?? NoAttributes;
        Append(hash, attributes.Count);
        foreach ((string key, string value) in attributes.OrderBy(static pair => pair.Key, StringComparer.Ordinal))
        {
            Append(hash, key);
            Append(hash, value);
        }
    }

    private static void Append(IncrementalHash hash, string text) => Append(hash, Encoding.UTF8.GetBytes(text));

    // The length first: two parts never hash as one part that joins them.
    private static void Append(IncrementalHash hash, ReadOnlySpan<byte> bytes)
    {
        Append(hash, bytes.Length);
        hash.AppendData(bytes);
    }

    private static void Append(IncrementalHash hash, long number) =>
        hash.AppendData(MemoryMarshal.AsBytes(new ReadOnlySpan<long>(in number)));
}
