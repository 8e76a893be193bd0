using System.Text.Json;
using TopicGrpc.Cli.Reports;

namespace TopicGrpc.Cli.Output;

/// <summary>Calls as <c>grpcurl</c> commands to paste into a shell.</summary>
internal static class GrpcurlLines
{
    public static string Predict(Uri address, string model, string text) => Line(
        address,
        new { selector = new { model = $"models/{model}" }, text, options = new { include_words = true } },
        "PredictionService/Predict");

    public static string ListTopics(Uri address, string model) => Line(
        address,
        new { selector = new { model = $"models/{model}" }, page_size = 5, word_count = 5, omit_representative_documents = true },
        "TopicService/ListTopics");

    // Between single quotes a POSIX shell interprets no character except the closing quote.
    private static string Line(Uri address, object request, string method)
    {
        string json = JsonSerializer.Serialize(request, Json.Line).Replace("'", @"'\''", StringComparison.Ordinal);
        return $"grpcurl -plaintext -d '{json}' {address.Authority} topicgrpc.v1.{method}";
    }
}
