using Grpc.AspNetCore.Server;
using Microsoft.Extensions.Options;

namespace TopicGrpc.Server.Rpc;

/// <summary>Registers and maps the services of the contract.</summary>
internal static class RpcServices
{
    public static IServiceCollection AddRpc(this IServiceCollection services)
    {
        services.AddGrpc(static grpc =>
        {
            grpc.Interceptors.Add<ErrorInterceptor>();
            grpc.Interceptors.Add<DrainInterceptor>();
        });
        services.AddOptions<GrpcServiceOptions>().Configure<IOptions<ServerOptions>>(static (grpc, server) =>
        {
            grpc.MaxReceiveMessageSize = server.Value.MaxMessageBytes;
            grpc.MaxSendMessageSize = null;
        });
        services.AddReflection();
        services.AddSingleton<IngestStream>();
        services.AddSingleton<AnsweredTexts>();
        services.AddSingleton<PredictStream>();
        services.AddSingleton<ModelWatch>();
        services.AddSingleton<ImportStream>();
        services.AddSingleton<ExportStream>();
        services.AddSingleton<ChartRenderer>();
        services.AddSingleton<PredictionExplainer>();
        services.AddSingleton<TopicSearch>();
        services.AddSingleton<VersionDerivation>();
        services.AddSingleton<VersionComparer>();
        services.AddSingleton<SliceReader>();
        services.AddSingleton<TopicSlices>();
        services.AddSingleton<ErrorInterceptor>();
        services.AddSingleton<DrainInterceptor>();
        services.AddSingleton<CorpusRpc>();
        services.AddSingleton<FitRpc>();
        services.AddSingleton<ModelRpc>();
        services.AddSingleton<PredictionRpc>();
        services.AddSingleton<TopicRpc>();
        services.AddSingleton<ServerRpc>();
        return services;
    }

    public static void MapRpc(this WebApplication application)
    {
        application.MapGrpcService<CorpusRpc>();
        application.MapGrpcService<FitRpc>();
        application.MapGrpcService<ModelRpc>();
        application.MapGrpcService<PredictionRpc>();
        application.MapGrpcService<TopicRpc>();
        application.MapGrpcService<ServerRpc>();
        application.MapGrpcHealthChecksService();
        if (application.Services.GetRequiredService<IOptions<ServerOptions>>().Value.Reflection ?? application.Environment.IsDevelopment())
        {
            application.MapGrpcReflectionService();
        }
    }
}
