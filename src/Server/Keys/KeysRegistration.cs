namespace TopicGrpc.Server.Keys;

/// <summary>Registers API keys.</summary>
internal static class KeysRegistration
{
    public static IServiceCollection AddKeys(this IServiceCollection services)
    {
        services.AddSingleton<KeyTable>();
        services.AddSingleton<KeyStore>();
        services.AddSingleton<KeyRequests>();
        return services;
    }
}
