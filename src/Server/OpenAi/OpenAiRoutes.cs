using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using TopicGrpc.Engine.Embeddings;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Hosting;
using TopicGrpc.Server.Http;
using TopicGrpc.Server.Receiving;

namespace TopicGrpc.Server.OpenAi;

/// <summary>The part of the OpenAI API that an encoder can serve, for the client packages of that API.</summary>
internal static class OpenAiRoutes
{
    public static IServiceCollection AddOpenAi(this IServiceCollection services)
    {
        services.AddSingleton<EmbeddingCall>();
        return services;
    }

    /// <summary>Maps <c>/v1/embeddings</c> and <c>/v1/models</c>.</summary>
    public static void MapOpenAi(this WebApplication application)
    {
        HttpRoute route = application.Services.GetRequiredService<HttpRoute>();
        EmbeddingCall embedding = application.Services.GetRequiredService<EmbeddingCall>();
        EmbedderInfo encoder = application.Services.GetRequiredService<IEmbedder>().Info;
        long started = application.Services.GetRequiredService<TimeProvider>().GetUtcNow().ToUnixTimeSeconds();
        int maxBytes = application.Services.GetRequiredService<IOptions<ServerOptions>>().Value.MaxMessageBytes;

        application
            .MapPost("/v1/embeddings", context => route.RunAsync(
                context,
                "CreateEmbedding",
                deadline => embedding.RunAsync(context, deadline),
                OpenAiErrors.WriteAsync))
            .WithMetadata(new MethodRule("CreateEmbedding", maxBytes, IsStream: false) { IsFramed = false }, OpenAiErrors.Form);
        application
            .MapGet("/v1/models", context => route.RunAsync(
                context,
                "ListEncoders",
                _ => context.Response.WriteAsJsonAsync(
                    new JsonObject { ["object"] = "list", ["data"] = new JsonArray(Describe(encoder, started)) },
                    context.RequestAborted),
                OpenAiErrors.WriteAsync))
            .WithMetadata(OpenAiErrors.Form);
        application
            .MapGet("/v1/models/{model}", context => route.RunAsync(
                context,
                "GetEncoder",
                _ => context.GetRouteValue("model") is string model && model == encoder.Name
                    ? context.Response.WriteAsJsonAsync(Describe(encoder, started), context.RequestAborted)
                    : throw Fault.ModelNotFound(context.GetRouteValue("model") as string ?? string.Empty),
                OpenAiErrors.WriteAsync))
            .WithMetadata(OpenAiErrors.Form);
    }

    private static JsonObject Describe(EmbedderInfo encoder, long started) => new()
    {
        ["id"] = encoder.Name,
        ["object"] = "model",
        ["created"] = started,
        ["owned_by"] = "topicgrpc",
    };
}
