using System.Text.Json;
using TopicGrpc.Cli.Reports;

namespace TopicGrpc.Cli.Output;

/// <summary>Calls to try by hand, ready to be pasted into a shell.</summary>
internal static class GrpcurlLines
{
    public static string Predict(Uri address, string model, string text) =>
        Line(address, new { selector = new { model = $"models/{model}" }, text, options = new { include_words = true } }, "PredictionService/Predict");

    public static string ListTopics(Uri address, string model) =>
        Line(address, new { selector = new { model = $"models/{model}" }, page_size = 5, word_count = 5, omit_representative_documents = true }, "TopicService/ListTopics");

    // Inside single quotes a shell reads everything as it is, except the single quote.
    private static string Line(Uri address, object request, string method) =>
        $"grpcurl -plaintext -d '{JsonSerializer.Serialize(request, Json.Line).Replace("'", @"'\''", StringComparison.Ordinal)}' {address.Authority} topicgrpc.v1.{method}";
}
