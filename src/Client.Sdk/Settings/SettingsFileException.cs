namespace TopicGrpc.Client.Settings;

/// <summary>A settings file that cannot be used. The message names the file, the key and the limit on one line.</summary>
public sealed class SettingsFileException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="file">Name of the file.</param>
    /// <param name="fault">The key and what is wrong with it.</param>
    public SettingsFileException(string file, string fault)
        : base($"{file}: {fault}")
    {
    }

    /// <summary>Creates the exception.</summary>
    public SettingsFileException()
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">The message.</param>
    public SettingsFileException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">The message.</param>
    /// <param name="innerException">The cause.</param>
    public SettingsFileException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
