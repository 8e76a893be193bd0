using System.Runtime.InteropServices;
using System.Text.Json;
using TopicGrpc.Engine.Embeddings;
using TopicGrpc.Server.Embedding;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Http;

namespace TopicGrpc.Server.OpenAi;

/// <summary>
/// <c>POST /v1/embeddings</c>: embeds texts by the encoder of the server, in the queues of predictions. One text is interactive, several
/// are bulk.
/// </summary>
internal sealed class EmbeddingCall(EmbeddingExecutors executors, IEmbedder embedder)
{
    /// <summary>Answers a request.</summary>
    public async Task RunAsync(HttpContext context, CallDeadline deadline)
    {
        var request = EmbeddingRequest.Parse(await RequestBody.ReadAsync(context), embedder.Info);
        EmbeddingOutcome[] outcomes = await EmbedAsync(request.Texts, deadline);
        context.Response.ContentType = "application/json; charset=utf-8";
        await using Utf8JsonWriter json = new(context.Response.BodyWriter);
        Write(json, outcomes, request.IsBase64);
    }

    private async Task<EmbeddingOutcome[]> EmbedAsync(IReadOnlyList<string> texts, CallDeadline deadline)
    {
        if (texts.Count == 1)
        {
            return [Finite(await executors.EmbedAsync(texts[0], EmbeddingPriority.Interactive, deadline, deadline.Token), 0)];
        }

        // Two texts per thread, as in BatchPredict: one runs and one waits.
        var outcomes = new EmbeddingOutcome[texts.Count];
        ParallelOptions window = new() { MaxDegreeOfParallelism = executors.Count * 2, CancellationToken = deadline.Token };
        await Parallel.ForAsync(0, outcomes.Length, window, async (index, token) =>
            outcomes[index] = Finite(await executors.EmbedAsync(texts[index], EmbeddingPriority.Bulk, deadline, token), index));
        return outcomes;
    }

    private static EmbeddingOutcome Finite(EmbeddingOutcome outcome, int index) =>
        outcome.IsFinite ? outcome : throw Fault.InputNotFinite(FormattableString.Invariant($"input[{index}]"));

    private void Write(Utf8JsonWriter json, EmbeddingOutcome[] outcomes, bool isBase64)
    {
        json.WriteStartObject();
        json.WriteString("object", "list");
        json.WriteStartArray("data");
        for (int i = 0; i < outcomes.Length; i++)
        {
            json.WriteStartObject();
            json.WriteString("object", "embedding");
            json.WriteNumber("index", i);
            WriteVector(json, outcomes[i].Vector, isBase64);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("model", embedder.Info.Name);
        int tokens = outcomes.Sum(static outcome => outcome.Cost.Tokens);
        json.WriteStartObject("usage");
        json.WriteNumber("prompt_tokens", tokens);
        json.WriteNumber("total_tokens", tokens);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteVector(Utf8JsonWriter json, float[] vector, bool isBase64)
    {
        if (isBase64)
        {
            // Little-endian, as every platform of .NET that the encoder supports.
            json.WriteBase64String("embedding", MemoryMarshal.AsBytes(vector.AsSpan()));
            return;
        }

        json.WriteStartArray("embedding");
        foreach (float value in vector)
        {
            json.WriteNumberValue(value);
        }

        json.WriteEndArray();
    }
}
