namespace TopicGrpc.Client.Calls;

/// <summary>Sets optional fields of requests: null stays absent.</summary>
internal static class WireValue
{
    public static void Set<T>(T? value, Action<T> set)
        where T : struct
    {
        if (value is not null)
        {
            set(value.Value);
        }
    }

    public static void Set(string? value, Action<string> set)
    {
        if (value is not null)
        {
            set(value);
        }
    }
}
