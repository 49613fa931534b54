from opentrm.config.command import main

main()
