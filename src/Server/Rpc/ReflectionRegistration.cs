using Google.Rpc;
using Grpc.Health.V1;
using Grpc.Reflection;
using TopicGrpc.V1;
using ProtoService = Google.Protobuf.Reflection.ServiceDescriptor;
using ReflectionV1 = Grpc.Reflection.V1;
using ReflectionV1Alpha = Grpc.Reflection.V1Alpha;

namespace TopicGrpc.Server.Rpc;

/// <summary>Reflection that tells the messages in the details of an error besides those of the services: a tool such as grpcurl then shows reason and field as text.</summary>
internal static class ReflectionRegistration
{
    private static readonly ProtoService[] Services =
    [
        CorpusService.Descriptor,
        FitService.Descriptor,
        ModelService.Descriptor,
        PredictionService.Descriptor,
        ServerService.Descriptor,
        TopicService.Descriptor,
        Health.Descriptor,
        ReflectionV1.ServerReflection.Descriptor,
        ReflectionV1Alpha.ServerReflection.Descriptor,
    ];

    public static IServiceCollection AddReflection(this IServiceCollection services)
    {
        services.AddGrpcReflection();

        // The last registration counts: these stand in for those of the line above, which know the services' own files only.
        services.AddSingleton(static _ => new ReflectionServiceImpl(Names(), Symbols()));
        services.AddSingleton(static _ => new ReflectionV1ServiceImpl(Names(), Symbols()));
        return services;
    }

    private static IEnumerable<string> Names() => Services.Select(static service => service.FullName);

    private static SymbolRegistry Symbols() => SymbolRegistry.FromFiles([.. Services.Select(static service => service.File), ErrorDetailsReflection.Descriptor]);
}
