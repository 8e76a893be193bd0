using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TopicGrpc.Client.Errors;
using TopicGrpc.Client.Topics;
using TopicGrpc.Explorer.Parts;
using TopicGrpc.Explorer.Sessions;

namespace TopicGrpc.Explorer.Topics;

/// <summary>Downloads of the topics of a version as CSV and as lines of JSON.</summary>
internal static class TopicExport
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Maps the downloads.</summary>
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/models/{model}/{selector}/topics.csv", (HttpContext context, Visitor visitor, string model, string selector) =>
            WriteAsync(context, visitor, (model, selector), "csv", "text/csv; charset=utf-8", ToCsv));
        endpoints.MapGet("/models/{model}/{selector}/topics.jsonl", (HttpContext context, Visitor visitor, string model, string selector) =>
            WriteAsync(context, visitor, (model, selector), "jsonl", "application/x-ndjson", ToJsonLines));
    }

    /// <summary>Returns topics as CSV (RFC 4180) with a header.</summary>
    internal static string ToCsv(TopicList list)
    {
        StringBuilder text = new("topic,uid,name,label,documents,words\r\n");
        foreach (TopicInfo topic in list.Topics)
        {
            string words = string.Join(' ', topic.Words.Select(static word => word.Term.Replace(' ', '_')));
            text.Append(CultureInfo.InvariantCulture, $"{topic.Id},{Field(topic.Uid)},{Field(topic.Name)},{Field(topic.Label)},")
                .Append(CultureInfo.InvariantCulture, $"{topic.Count},{Field(words)}\r\n");
        }

        return text.ToString();
    }

    /// <summary>Returns topics as one JSON object a line.</summary>
    internal static string ToJsonLines(TopicList list)
    {
        StringBuilder text = new();
        foreach (TopicInfo topic in list.Topics)
        {
            text.Append(JsonSerializer.Serialize(
                new
                {
                    topic = topic.Id,
                    topic.Uid,
                    topic.Name,
                    topic.Label,
                    documents = topic.Count,
                    words = topic.Words.Select(static word => new { word.Term, word.Score }),
                },
                Json)).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>
    /// Returns a field of CSV. Spreadsheets run a text as a formula if it starts with one of four characters; an apostrophe before it
    /// prevents that.
    /// </summary>
    internal static string Field(string value)
    {
        string safe = value.Length > 0 && value[0] is '=' or '+' or '-' or '@' or '\t' or '\r' ? "'" + value : value;
        return safe.AsSpan().ContainsAny(",\"\r\n") ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }

    private static async Task WriteAsync(
        HttpContext context,
        Visitor visitor,
        (string Model, string Selector) version,
        string extension,
        string contentType,
        Func<TopicList, string> write)
    {
        if (await visitor.FindAsync(context) is not { } session)
        {
            context.Response.Redirect($"{context.Request.PathBase}/sign-in");
            return;
        }

        string content;
        try
        {
            ListTopicsOptions options = new() { IncludeRepresentativeDocuments = false };
            TopicList list = await session.Client.Topics.ListAsync(
                Selection.Of(version.Model, version.Selector), options, context.RequestAborted);
            content = write(list);
            context.Response.Headers.ContentDisposition =
                string.Create(CultureInfo.InvariantCulture, $"attachment; filename=\"{list.Model}-{list.Version}-topics.{extension}\"");
        }
        catch (TopicGrpcException exception)
        {
            context.Response.StatusCode = exception is ModelNotFoundException or ResourceNotFoundException
                ? StatusCodes.Status404NotFound
                : StatusCodes.Status502BadGateway;
            contentType = "text/plain; charset=utf-8";
            content = exception.Message;
        }

        context.Response.ContentType = contentType;
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.WriteAsync(content, context.RequestAborted);
    }
}
